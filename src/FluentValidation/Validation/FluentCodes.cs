namespace Armature.Validation;

/// <summary>The codes of failures beside those that validators of FluentValidation give themselves.</summary>
public static class FluentCodes
{
    /// <summary>The validator threw.</summary>
    public const string ValidatorFailed = "validator_failed";
}
