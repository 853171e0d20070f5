using System.Globalization;

namespace Armature.Chaos;

/// <summary>What happened in a test, in order, with the seconds since its beginning.</summary>
public sealed class Story(ITestOutputHelper output) : IDisposable
{
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly Lock _lock = new();
    private bool _isOver;

    /// <summary>The time since the beginning.</summary>
    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_began);

    public void Tell(string what)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Now.TotalSeconds,6:F1} s  {what}"));
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
        }
    }
}
