namespace Armature.Caching;

/// <summary>A token that is cancelled with another one until this is disposed of; it may be in use still, and nothing cancels it then.</summary>
internal sealed class DetachableToken : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _registration;

    public DetachableToken(CancellationToken other) =>
        _registration = other.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);

    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose() => _registration.Dispose();
}
