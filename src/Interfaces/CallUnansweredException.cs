namespace Armature;

/// <summary>
/// The cluster gave no answer to a call, or could not do what was asked, however often it was repeated; the inner exception is that of
/// the last attempt. What was asked for may have been done.
/// </summary>
[GenerateSerializer, Alias("armature.call-unanswered-exception")]
public sealed class CallUnansweredException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public CallUnansweredException(int attempts, TimeSpan waited, Exception innerException)
        : base(
            innerException is ArmatureException
                ? $"The cluster could not do it in {waited.TotalSeconds:0.#} s ({attempts} attempts). {innerException.Message}"
                : $"The cluster gave no answer in {waited.TotalSeconds:0.#} s ({attempts} attempts, the last ended with {innerException?.GetType().Name}: {innerException?.Message}). "
                + "Its silos are down, cannot be reached from here, or are too busy to answer. See whether they run, and call again: a call may be repeated.",
            innerException)
    {
        Attempts = attempts;
        Waited = waited;
    }

    /// <summary>How often the call was tried.</summary>
    [Id(0)]
    public int Attempts { get; }

    /// <summary>How long, all attempts together.</summary>
    [Id(1)]
    public TimeSpan Waited { get; }
}
