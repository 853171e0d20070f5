using System.Security.Cryptography;
using Armature.Hosting;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime.Messaging;

namespace Armature.Clustering;

/// <summary>
/// The connecting side of the cluster's handshake: proves that it knows the secret, and asks the same of the other side
/// before anything of Orleans is sent.
/// </summary>
public sealed class PresentSecret(
    string secret, ConnectionScope scope, TimeSpan timeout, TimeProvider time, SecretRefusals refusals) : IConnectionMiddleware
{
    private const string NoSecret = "does not ask for the cluster secret: it has none, or is no silo of this version.";

    private readonly SecretProof _proof = new(secret, scope);

    /// <inheritdoc/>
    /// <exception cref="ClusterSecretException">The other side has another secret, or none.</exception>
    /// <exception cref="ConnectionResetException">The other side is too busy; it is worth another try.</exception>
    public async Task OnConnectionAsync(ConnectionContext context, ConnectionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (await FindProblemAsync(context).ConfigureAwait(false) is { } problem)
        {
            var refused = new ClusterSecretException(context.RemoteEndPoint?.ToString() ?? "The silo", problem);
            refusals.Last = refused;
            context.Abort(new ConnectionAbortedException(problem, refused));
            throw refused;
        }

        await next(context).ConfigureAwait(false);
    }

    private async Task<string?> FindProblemAsync(ConnectionContext context)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        try
        {
            return await VerifyAsync(context, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return NoSecret;
        }
    }

    private async Task<string?> VerifyAsync(ConnectionContext context, CancellationToken cancellationToken)
    {
        var (input, output) = (context.Transport.Input, context.Transport.Output);
        if (await input.ReadExactlyAsync(HandshakeMagic.Length, cancellationToken).ConfigureAwait(false) is not { } magic)
        {
            throw new ConnectionResetException(
                $"{context.RemoteEndPoint} closed the connection before the handshake: too many others are in theirs, or it is stopping.");
        }

        if (!HandshakeMagic.Bytes.SequenceEqual(magic)
            || await input.ReadExactlyAsync(SecretProof.NonceLength, cancellationToken).ConfigureAwait(false) is not { } nonce)
        {
            return NoSecret;
        }

        var ownNonce = RandomNumberGenerator.GetBytes(SecretProof.NonceLength);
        var ownProof = _proof.Create(HandshakeSide.Connector, nonce, ownNonce);
        await output.WriteAsync((byte[])[.. ownNonce, .. ownProof], cancellationToken).ConfigureAwait(false);

        if (await input.ReadExactlyAsync(SecretProof.Length, cancellationToken).ConfigureAwait(false) is not { } proof)
        {
            return "refused the cluster secret: it has another one.";
        }

        return _proof.Verify(HandshakeSide.Acceptor, nonce, ownNonce, proof) ? null : "does not know the cluster secret.";
    }
}
