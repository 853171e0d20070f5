using Microsoft.Extensions.Logging;

namespace Armature.Batching;

public sealed class BatchIncidentsTests
{
    [Fact]
    public void TellSuspected_ItemsOfManyChunks_WritesOneLine()
    {
        var log = new Lines();
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

    private sealed class Lines : List<string>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception));
    }
}
