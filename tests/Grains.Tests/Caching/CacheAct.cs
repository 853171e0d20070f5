namespace Armature.Caching;

internal enum CacheAct
{
    Get,
    Peek,
    PeekKept,
    Set,
    Remove,
    Expire,
    Advance,
}
