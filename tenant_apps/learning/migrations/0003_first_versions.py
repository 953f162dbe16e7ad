"""Gives the topics of an existing tenant the version that they have been until now.

Plain SQL over existing rows only: a new tenant has none, so that a clone misses nothing. Sections
that were retired go into a superseded version of their own, for readers' evidence refers to them.
"""

from django.db import migrations

COLUMNS = """title, summary, goals, regulations, keywords, jp, visibility, agencies,
    pass_percent, questions_per_test, minutes"""
MAKE = f"""
INSERT INTO learning_topicversion (id, topic_id, number, state, {COLUMNS}, note, remark, revision,
    created_at, updated_at, published_at)
SELECT gen_random_uuid(), t.id, t.version, t.state, {COLUMNS}, '', '', 0,
    t.updated_at, t.updated_at, t.published_at FROM learning_topic t;
INSERT INTO learning_topicversion (id, topic_id, number, state, {COLUMNS}, note, remark, revision,
    created_at, updated_at, published_at)
SELECT gen_random_uuid(), t.id, t.version - 1, 'superseded', {COLUMNS}, '', '', 0,
    t.updated_at, t.updated_at, t.published_at FROM learning_topic t
WHERE EXISTS (SELECT 1 FROM learning_section s WHERE s.topic_id = t.id AND s.retired);
UPDATE learning_section s SET version_id = v.id FROM learning_topicversion v
WHERE v.topic_id = s.topic_id AND s.retired = (v.state = 'superseded');
UPDATE learning_enrolment e SET version_id = v.id FROM learning_topicversion v
WHERE v.topic_id = e.topic_id AND v.state <> 'superseded';
UPDATE learning_topic t SET current_id = v.id FROM learning_topicversion v
WHERE v.topic_id = t.id AND v.state = 'published';
UPDATE learning_topic t SET draft_id = v.id, version = 0 FROM learning_topicversion v
WHERE v.topic_id = t.id AND v.state = 'draft';
"""


class Migration(migrations.Migration):
    dependencies = [("learning", "0002_versions")]

    operations = [migrations.RunSQL(MAKE, migrations.RunSQL.noop)]
