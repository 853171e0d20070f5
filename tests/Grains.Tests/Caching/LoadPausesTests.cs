using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

public sealed class LoadPausesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LoadPauses _pauses;

    public LoadPausesTests() => _pauses = new(max: 2, _time);

    [Fact]
    public void Contains_WhileThePauseLasts_IsTrueForItsValueAlone()
    {
        _pauses.Add("a"u8, version: 5, milliseconds: 1_000);

        _time.Advance(TimeSpan.FromMilliseconds(999));
        _pauses.Contains("a"u8, 5).ShouldBeTrue();
        _pauses.Contains("a"u8, 6).ShouldBeFalse();
        _pauses.Contains("b"u8, 5).ShouldBeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(1));
        _pauses.Contains("a"u8, 5).ShouldBeFalse();
    }

    [Fact]
    public void Add_MoreThanItKnows_TakesThemWhenOthersAreOver()
    {
        _pauses.Add("a"u8, 1, 1_000);
        _pauses.Add("b"u8, 1, 2_000);
        _pauses.Add("c"u8, 1, 1_000);
        _pauses.Contains("c"u8, 1).ShouldBeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(1_000));
        _pauses.RemoveOver();
        _pauses.Add("c"u8, 1, 1_000);

        _pauses.Contains("b"u8, 1).ShouldBeTrue();
        _pauses.Contains("c"u8, 1).ShouldBeTrue();
    }
}
