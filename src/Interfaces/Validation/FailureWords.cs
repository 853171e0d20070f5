namespace Armature.Validation;

/// <summary>What a failure says, as far as it was asked for, or given by whoever made it.</summary>
internal sealed class FailureWords
{
    public string? Path { get; set; }

    public string? Code { get; set; }

    public string? Message { get; set; }

    public ValidationSeverity Severity { get; set; }

    public string? Value { get; set; }

    public string? Exception { get; set; }
}
