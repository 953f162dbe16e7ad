"""Where each shared table would live if PostgreSQL were spread over several machines.

`reference`: small, copied to every machine, so tenant tables may point at it.
`distributed`: split by the person's account. `local`: stays with the coordinator.
A test fails on a shared table that is missing here.
"""

REFERENCE = "reference"
DISTRIBUTED = "distributed"
LOCAL = "local"

PLACEMENT: dict[str, str] = {
    "tenants_agency": REFERENCE,
    "tenants_agency_predecessors": REFERENCE,
    "tenants_tenant": REFERENCE,
    "tenants_domain": REFERENCE,
    "tenants_schematemplate": LOCAL,
    "accounts_account": REFERENCE,
    "accounts_session": LOCAL,
    "accounts_identity": LOCAL,
    "accounts_headcount": LOCAL,
    "accounts_signincount": LOCAL,
    "access_roleassignment": REFERENCE,
    "rules_value": REFERENCE,
    "audit_event": LOCAL,
    "jobs_job": LOCAL,
    "notifications_notification": DISTRIBUTED,
    "notifications_mailchoice": DISTRIBUTED,
    "notifications_digest": DISTRIBUTED,
    "employees_unit": LOCAL,
    "employees_employee": LOCAL,
    "employees_assignment": LOCAL,
    "employees_staffcount": LOCAL,
    "employees_staffimport": LOCAL,
    "employees_importline": LOCAL,
    # Cited by every tenant.
    "regulations_regulation": REFERENCE,
    "regulations_relation": REFERENCE,
    "catalog_entry": LOCAL,
    "recognition_ruleset": REFERENCE,
    "recognition_formrule": REFERENCE,
    "recognition_ledgerentry": DISTRIBUTED,
    "recognition_recognisedsource": DISTRIBUTED,
    "recognition_persontotal": DISTRIBUTED,
    "recognition_agencytotal": LOCAL,
    "recognition_tenanttotal": LOCAL,
    "recognition_numbercounter": LOCAL,
    "recognition_certificate": LOCAL,
    "recognition_rendition": LOCAL,
    "offerings_announcement": LOCAL,
    "offerings_proposal": LOCAL,
    "offerings_proposalperson": LOCAL,
    "offerings_letter": LOCAL,
    "recognition_certificatetemplate": LOCAL,
    "recognition_certificatetemplateversion": LOCAL,
    "recognition_legacycertificate": LOCAL,
    "desk_item": DISTRIBUTED,
    "desk_calendaraddress": DISTRIBUTED,
    "account_emailaddress": LOCAL,
    "account_emailconfirmation": LOCAL,
    "django_content_type": REFERENCE,
    "auth_permission": LOCAL,
    "auth_group": REFERENCE,
    "auth_group_permissions": LOCAL,
    "guardian_groupobjectpermission": LOCAL,
    "guardian_userobjectpermission": LOCAL,
    "django_tasks_database_dbtaskresult": LOCAL,
    "toolkit_cache": LOCAL,
    "django_migrations": LOCAL,
}
