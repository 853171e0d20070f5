using System.ComponentModel.DataAnnotations;

namespace Armature.Processes;

/// <summary>How a <see cref="ProcessPool"/> treats its child processes.</summary>
public sealed class ProcessPoolOptions
{
    /// <summary>Child processes.</summary>
    /// <value>Default: the number of processors.</value>
    [Range(1, 1024)]
    public int Size { get; set; } = Environment.ProcessorCount;

    /// <summary>Requests that one child has at a time.</summary>
    /// <value>Default: 1.</value>
    [Range(1, 1024)]
    public int MaxInFlight { get; set; } = 1;

    /// <summary>
    /// Whether a child says how many requests it wants at a time (<see cref="FrameKind.Capacity"/>). It begins with one, and never has
    /// more than <see cref="MaxInFlight"/>.
    /// </summary>
    /// <value>Default: false, and a child always has up to <see cref="MaxInFlight"/>.</value>
    public bool AdaptsInFlight { get; set; }

    /// <summary>Requests that wait for a child; further ones fail at once.</summary>
    /// <value>Default: 1,024.</value>
    [Range(0, 1_000_000)]
    public int MaxQueued { get; set; } = 1024;

    /// <summary>How long a child may take for one request before it is killed. Waiting for a child does not count.</summary>
    /// <value>Default: 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a cancelled request may go on under <see cref="CancelledRequestPolicy.Drain"/> before its child is killed.</summary>
    /// <value>Default: 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a child may take until it is ready.</summary>
    /// <value>Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stop waits for running requests and for children to end before it kills them.</summary>
    /// <value>Default: 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of memory that one child may hold.</summary>
    /// <value>Default: 1 GiB.</value>
    [Range(256L << 20, 1L << 40)]
    public long MemoryLimitBytes { get; set; } = 1L << 30;

    /// <summary>Requests after which a child is replaced.</summary>
    /// <value>Default: 10,000.</value>
    [Range(1, int.MaxValue)]
    public int RecycleAfterRequests { get; set; } = 10_000;

    /// <summary>A child that holds more resident bytes than this after a request is replaced. It is looked at ten times a second at most.</summary>
    /// <value>Default: 512 MiB.</value>
    [Range(64L << 20, 1L << 40)]
    public long RecycleAboveBytes { get; set; } = 512L << 20;

    /// <summary>
    /// Whether a child that is due to be replaced takes no request any more, and the next one waits for its successor: what a request leaves
    /// in its process then reaches no other.
    /// </summary>
    /// <value>Default: false, and the child takes requests until its successor is ready.</value>
    public bool RetiresAtOnce { get; set; }

    /// <summary>The largest request and the largest answer.</summary>
    /// <value>Default: 256 MiB.</value>
    [Range(1 << 10, 1 << 30)]
    public int MaxFrameBytes { get; set; } = 256 << 20;

    /// <summary>What becomes of a child whose request is cancelled.</summary>
    /// <value>Default: it is killed.</value>
    public CancelledRequestPolicy CancelledRequest { get; set; } = CancelledRequestPolicy.Kill;
}
