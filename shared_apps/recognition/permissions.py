"""Who may do what with certificates."""

#: Templates, revocation, issuing again, bundles and earlier certificates of one's own provider.
MANAGE = "certificate.manage"
