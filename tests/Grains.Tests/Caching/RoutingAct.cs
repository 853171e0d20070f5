namespace Armature.Caching;

internal enum RoutingAct
{
    Set,
    Get,
    Delete,
    Expire,
    Advance,
    Join,
    Leave,
    Kill,
    Freeze,
}
