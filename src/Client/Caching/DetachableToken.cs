namespace Armature.Caching;

/// <summary>A token that is cancelled with another one, until it is detached from that.</summary>
internal sealed class DetachableToken : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _registration;

    public DetachableToken(CancellationToken other) =>
        _registration = other.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);

    public CancellationToken Token => _source.Token;

    /// <summary>From now on nothing cancels it.</summary>
    public void Detach() => _registration.Dispose();

    /// <summary>Detaches it. The source holds nothing, and may be in use still.</summary>
    public void Dispose() => Detach();
}
