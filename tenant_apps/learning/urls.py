"""Addresses of topics: `/topik/…`."""

from django.urls import path

from tenant_apps.learning.views import attendance, certificate, reading, survey, tests, topics

PRE = {"purpose": "pre"}
POST = {"purpose": "post"}

urlpatterns = [
    path("", topics.topic_list, name="topic_list"),
    path("<slug:slug>/", topics.topic_page, name="topic"),
    path("<slug:slug>/mulai/", topics.start, name="start_topic"),
    path("<slug:slug>/baca/", reading.read, name="read_topic"),
    path("<slug:slug>/baca/<slug:key>/", reading.section_page, name="read_section"),
    path("<slug:slug>/baca/<slug:key>/selesai/", reading.finish_section, name="finish_section"),
    path("<slug:slug>/baca/<slug:key>/hadir/", reading.still_reading, name="still_reading"),
    path("<slug:slug>/pre-test/", tests.test_page, PRE, name="pre_test"),
    path("<slug:slug>/pre-test/simpan/", tests.save_page, PRE, name="pre_test_save"),
    path("<slug:slug>/pre-test/kumpulkan/", tests.submit, PRE, name="pre_test_submit"),
    path("<slug:slug>/pre-test/hasil/", tests.result_page, PRE, name="pre_test_result"),
    path("<slug:slug>/post-test/", tests.test_page, POST, name="post_test"),
    path("<slug:slug>/post-test/simpan/", tests.save_page, POST, name="post_test_save"),
    path("<slug:slug>/post-test/kumpulkan/", tests.submit, POST, name="post_test_submit"),
    path("<slug:slug>/post-test/hasil/", tests.result_page, POST, name="post_test_result"),
    path("<slug:slug>/tatap-muka/", attendance.attendance_page, name="topic_attendance"),
    path("<slug:slug>/survei/", survey.survey_page, name="topic_survey"),
    path("<slug:slug>/sertifikat/", certificate.certificate_page, name="topic_certificate"),
]
