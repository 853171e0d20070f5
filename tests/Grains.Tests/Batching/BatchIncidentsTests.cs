namespace Armature.Batching;

public sealed class BatchIncidentsTests
{
    [Fact]
    public void TellSuspected_ItemsOfManyChunks_WritesOneLine()
    {
        var log = new LogLines();
        var incidents = new BatchIncidents("batch", log);
        for (var i = 0; i < 20; i++)
        {
            incidents.OnSuspected(2);
        }

        incidents.TellSuspected();
        incidents.TellSuspected();

        log.ShouldHaveSingleItem().ShouldStartWith("40 items of batch batch were on a silo when it died");
        incidents.Suspected.ShouldBe(40);
    }
}
