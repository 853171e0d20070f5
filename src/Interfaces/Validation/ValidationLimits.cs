namespace Armature.Validation;

/// <summary>What a validation takes at most.</summary>
public static class ValidationLimits
{
    /// <summary>Characters of a value that a failure shows: 100.</summary>
    public const int MaxValueLength = 100;

    /// <summary>Objects within objects: 64. A deeper one is an error: it may lead back to itself.</summary>
    public const int MaxDepth = 64;

    /// <summary>Asynchronous rules of one object that run at once, unless <see cref="ValidationSettings.MaxConcurrency"/> says otherwise: 16.</summary>
    public const int DefaultConcurrency = 16;

    /// <summary>How long a regular expression may search a value that cannot be searched in linear time: 100 ms.</summary>
    public static readonly TimeSpan RegexTimeout = TimeSpan.FromMilliseconds(100);
}
