using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching.Tier;

public sealed class TierOutageLogTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LogLines _lines = [];
    private readonly TierOutageLog _log;

    public TierOutageLogTests() => _log = new(_time, _lines);

    [Fact]
    public void Tell_OneOutage_IsWrittenAtOnceAndOnce()
    {
        _log.OnLost();
        _log.Tell("It is full.");
        _time.Advance(TimeSpan.FromHours(1));
        _log.Tell("It is full.");
        _log.OnBack("tier");

        _lines.ShouldBe(["It is full. The cache works on from memory alone", "The cache's tier answers again"]);
    }

    [Fact]
    public void Tell_OutagesThatComeAndGo_IsWrittenOnceAMinuteWithTheirNumber()
    {
        for (var second = 0; second < 120; second++)
        {
            _log.OnLost();
            _log.Tell("It is full.");
            _log.OnBack("tier");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _lines.Where(line => line.StartsWith("It is full.", StringComparison.Ordinal)).ShouldBe(
        [
            "It is full. The cache works on from memory alone",
            "It is full. The cache works on from memory alone; this is the last of 60 times that it has to since that was written here",
        ]);
        _lines.Count.ShouldBe(4);
    }

    [Fact]
    public void Tell_AnotherReason_IsWrittenAMinuteAfterTheFirst()
    {
        _log.OnLost();
        _log.Tell("It is full.");
        _log.Tell("It is nowhere.");
        _lines.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        _log.Tell("It is nowhere.");

        _lines.Count.ShouldBe(2);
        _lines[1].ShouldBe("It is nowhere. The cache works on from memory alone");
    }

    [Fact]
    public void Tell_OutageHeldBackThatGoesOn_IsWrittenWhenTheMinuteIsOver()
    {
        _log.OnLost();
        _log.Tell("It is full.");
        _log.OnBack("tier");
        _log.OnLost();
        _log.Tell("It is full.");
        _time.Advance(TimeSpan.FromMinutes(1));
        _log.Tell("It is full.");

        _lines.Count.ShouldBe(3);
    }
}
