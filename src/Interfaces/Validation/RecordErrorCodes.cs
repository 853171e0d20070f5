namespace Armature.Validation;

/// <summary>The codes of records that could not be checked, beside those of the batch engine (<see cref="ItemErrorCodes"/>).</summary>
public static class RecordErrorCodes
{
    /// <summary>A rule asks for a lookup that the silos do not have.</summary>
    public const string LookupNotFound = "lookup_not_found";

    /// <summary>A validator did not give a report for each record.</summary>
    public const string ReportsMissing = "reports_missing";
}
