using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>
/// How the members of a cluster notice that one of them is dead, and for how long a member may believe that it is counted in.
/// The same on every member. Section <c>Armature:Cluster:Membership</c>.
/// </summary>
/// <remarks>
/// Every silo probes up to ten others. A killed silo refuses its probes: it is dead after <see cref="MissedProbes"/> of them, about
/// 3 seconds. A frozen or cut-off one keeps its connections open, and a silo that has sent anything within
/// <c>MaxProbeTimeout * MissedProbes</c> (9 seconds) is never voted dead, however late its probe answers are. That is what keeps a silo
/// alive whose cores are all busy, and what a frozen one costs: it is dead after 9 to 13 seconds.
/// </remarks>
public sealed class MembershipOptions
{
    /// <summary>How long a silo waits for the answer to a probe, and the time from one probe to the next; late answers raise it, up to <see cref="MaxProbeTimeout"/>.</summary>
    /// <value>Default: 1 second. A killed silo is noticed after <see cref="MissedProbes"/> of these.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that a probe is waited for, where answers are late or the waiting silo itself is starved.</summary>
    /// <value>Default: 3 seconds. Times <see cref="MissedProbes"/> it is the silence that a busy silo is allowed.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:04:00")]
    public TimeSpan MaxProbeTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Missed probes in a row after which a silo votes that another is dead; the last of them goes by way of a third silo.</summary>
    /// <value>Default: 3. With 2, a single lost probe and one busy third silo would be enough.</value>
    [Range(2, 20)]
    public int MissedProbes { get; set; } = 3;

    /// <summary>How often the membership is read again, beside the silos' own gossip.</summary>
    /// <value>Default: 10 seconds. It bounds how long a silo that missed the gossip works with an old view.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan TableRefreshPeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a silo writes down that it lives. One that did not for three periods has no say in votes.</summary>
    /// <value>Default: 5 seconds, so that when all others died at once a last silo can declare them dead after 15.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan IAmAlivePeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after its last proof that the others count it in a silo may still answer as a member.</summary>
    /// <value>Default: 2 seconds, which must be and is below <see cref="EarliestDetection"/> (2.5 seconds).</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The earliest time, after a silo stopped answering, at which the others can have declared it dead: all its direct probes missed,
    /// and then the half of a probe's time that the third silo has for its own attempt.
    /// </summary>
    public TimeSpan EarliestDetection => ProbeTimeout * (MissedProbes - 0.5);
}
