using System.Security.Cryptography;
using System.Text;

namespace Armature.Clustering;

/// <summary>
/// Proves the knowledge of a secret without sending it: an HMAC-SHA256 over the protocol's version, the side, the kind of
/// connection and a random nonce of each side.
/// </summary>
internal sealed class SecretProof(string secret, ConnectionScope scope)
{
    public const int NonceLength = 32;
    public const int Length = HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);
    private readonly byte[] _acceptorLabel = Label(HandshakeSide.Acceptor, scope);
    private readonly byte[] _connectorLabel = Label(HandshakeSide.Connector, scope);

    public byte[] Create(HandshakeSide side, ReadOnlySpan<byte> acceptorNonce, ReadOnlySpan<byte> connectorNonce)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(side == HandshakeSide.Acceptor ? _acceptorLabel : _connectorLabel);
        hash.AppendData(acceptorNonce);
        hash.AppendData(connectorNonce);
        return hash.GetHashAndReset();
    }

    public bool Verify(
        HandshakeSide side, ReadOnlySpan<byte> acceptorNonce, ReadOnlySpan<byte> connectorNonce, ReadOnlySpan<byte> proof) =>
        CryptographicOperations.FixedTimeEquals(Create(side, acceptorNonce, connectorNonce), proof);

    private static byte[] Label(HandshakeSide side, ConnectionScope scope) =>
        Encoding.ASCII.GetBytes($"armature.cluster/1 {side} {scope}\0");
}
