namespace Armature.Batching;

/// <summary>
/// Whether the last running items of a batch may be started a second time on another silo when nothing else is left to do.
/// The first answer wins and the other attempt is cancelled. It cuts the wait for one slow machine.
/// </summary>
public enum TailReissue
{
    /// <summary>Never: an item runs twice only after a failure. The default for a user's handler.</summary>
    Off,

    /// <summary>Allowed: running the same item twice at once is harmless. The default of built-in handlers that only compute.</summary>
    On,
}
