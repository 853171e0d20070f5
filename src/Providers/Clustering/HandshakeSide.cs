namespace Armature.Clustering;

/// <summary>Who opened the connection. A proof sent back to its maker is worthless.</summary>
internal enum HandshakeSide
{
    Acceptor,
    Connector,
}
