using Microsoft.Extensions.Logging;

namespace Armature.Caching.Tier;

/// <summary>Writes of outages into the log, at most once a minute: one that comes and goes all the time does not fill it. Thread-safe.</summary>
internal sealed partial class TierOutageLog(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private string? _written; // Of the outage that goes on.
    private long? _writtenAt;
    private int _unwritten;

    /// <summary>An outage begins.</summary>
    public void OnLost()
    {
        lock (_lock)
        {
            _written = null;
            _unwritten++;
        }
    }

    /// <summary>An outage goes on, for the reason given. It is written unless it was, or another line less than a minute ago.</summary>
    public void Tell(string problem)
    {
        lock (_lock)
        {
            if (problem == _written || (_writtenAt is { } last && time.GetElapsedTime(last) < Period))
            {
                return;
            }

            if (_unwritten > 1)
            {
                LogLostOften(logger, problem, _unwritten);
            }
            else
            {
                LogLost(logger, problem);
            }

            (_written, _writtenAt, _unwritten) = (problem, time.GetTimestamp(), 0);
        }
    }

    /// <summary>An outage is over; that is written when it was.</summary>
    public void OnBack(string location)
    {
        lock (_lock)
        {
            if (_written is not null)
            {
                LogBack(logger, location);
            }

            _written = null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem} The cache works on from memory alone")]
    private static partial void LogLost(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem} The cache works on from memory alone; this is the last of {Times} times that it has to since that was written here")]
    private static partial void LogLostOften(ILogger logger, string problem, int times);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cache's {Location} answers again")]
    private static partial void LogBack(ILogger logger, string location);
}
