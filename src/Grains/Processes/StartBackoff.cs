namespace Armature.Processes;

/// <summary>How long to wait after failed starts: 100 ms, doubled with every further one, up to 30 seconds.</summary>
internal static class StartBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    internal static TimeSpan After(int failures) => failures switch
    {
        <= 0 => TimeSpan.Zero,
        >= 10 => Longest,
        _ => Min(First * (1 << (failures - 1)), Longest),
    };

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
