namespace Armature.Caching;

internal enum RoutingAct
{
    Set,
    Get,
    Delete,
    Expire,
    Invalidate,
    Sweep,
    Advance,
    Join,
    Leave,
    Kill,
    Freeze,
    Forget,
    CutTier,
    CutOneFromTier,
    HealTier,
    RestartTier,
    DeliverLate,
}
