using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Messaging;

namespace Armature.Clustering;

/// <summary>
/// The accepting side of the cluster's handshake: challenge, the other side's proof, own proof. Until the proof is right,
/// at most its fixed number of bytes is read, within a time, and nothing of Orleans. Connections in this state have a bound.
/// </summary>
public sealed partial class RequireSecret(
    string secret, ConnectionScope scope, TimeSpan timeout, int maxHandshakes, TimeProvider time, ILogger<RequireSecret> logger) : IConnectionMiddleware
{
    private static readonly TimeSpan WarningInterval = TimeSpan.FromSeconds(10);

    private readonly SecretProof _proof = new(secret, scope);
    private readonly WarningLimiter _warnings = new(time, WarningInterval);
    private int _underWay;

    /// <inheritdoc/>
    public async Task OnConnectionAsync(ConnectionContext context, ConnectionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (await FindProblemAsync(context).ConfigureAwait(false) is { } problem)
        {
            Warn(context, problem);
            context.Abort(new ConnectionAbortedException(problem));
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    private async Task<string?> FindProblemAsync(ConnectionContext context)
    {
        try
        {
            return Interlocked.Increment(ref _underWay) <= maxHandshakes
                ? await VerifyInTimeAsync(context).ConfigureAwait(false)
                : $"{maxHandshakes} others have yet to prove that they know the secret (Armature:Cluster:MaxHandshakes)";
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<string?> VerifyInTimeAsync(ConnectionContext context)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        try
        {
            return await VerifyAsync(context, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return "it did not prove in time that it knows the secret";
        }
    }

    private async Task<string?> VerifyAsync(ConnectionContext context, CancellationToken cancellationToken)
    {
        var (input, output) = (context.Transport.Input, context.Transport.Output);
        var ownNonce = RandomNumberGenerator.GetBytes(SecretProof.NonceLength);
        await output.WriteAsync((byte[])[.. HandshakeMagic.Bytes, .. ownNonce], cancellationToken).ConfigureAwait(false);

        if (await input.ReadExactlyAsync(SecretProof.NonceLength + SecretProof.Length, cancellationToken).ConfigureAwait(false) is not { } answer)
        {
            return "it closed the connection before it proved that it knows the secret";
        }

        var nonce = answer.AsMemory(0, SecretProof.NonceLength);
        if (!_proof.Verify(HandshakeSide.Connector, ownNonce, nonce.Span, answer.AsSpan(SecretProof.NonceLength)))
        {
            return "it does not know the secret";
        }

        await output.WriteAsync(_proof.Create(HandshakeSide.Acceptor, ownNonce, nonce.Span), cancellationToken).ConfigureAwait(false);
        return null;
    }

    private void Warn(ConnectionContext context, string problem)
    {
        if (_warnings.TryEnter(out var heldBack))
        {
            ConnectionRefused(logger, scope, context.RemoteEndPoint?.ToString(), problem, heldBack);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Refused a {Scope} connection from {RemoteEndPoint}: {Problem}. {HeldBack} like it before were not logged.")]
    private static partial void ConnectionRefused(ILogger logger, ConnectionScope scope, string? remoteEndPoint, string problem, int heldBack);
}
