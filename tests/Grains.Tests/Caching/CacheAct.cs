namespace Armature.Caching;

internal enum CacheAct
{
    Get,
    Peek,
    Set,
    Remove,
    Expire,
    Advance,
}
