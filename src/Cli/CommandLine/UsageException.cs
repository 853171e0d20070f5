namespace Armature.CommandLine;

/// <summary>The command cannot run as it was asked to. The message says what was wrong, what is allowed and what to do.</summary>
internal sealed class UsageException : Exception
{
    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
