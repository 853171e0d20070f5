namespace Armature.Caching;

internal enum RoutingAct
{
    Set,
    Get,
    Make,
    FailToMake,
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
