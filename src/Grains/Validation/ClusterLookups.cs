using System.Collections.Immutable;
using System.Globalization;
using Armature.Validation.Lookups;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace Armature.Validation;

/// <summary>
/// Asks lookups for the records of one call, wherever in the cluster they are checked: each value belongs to one of as many grains as
/// the lookup takes calls at a time, so that it is asked once.
/// </summary>
internal sealed class ClusterLookups(IGrainFactory grains, IServiceProvider services, TimeProvider time, Guid run) : ILookupDesk
{
    private static readonly TimeSpan UntilADeadSiloIsKnown = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task<LookupReply> FindAsync<TValue>(Lookup<TValue> lookup, IReadOnlyList<TValue> values, CancellationToken cancellationToken)
        where TValue : notnull
    {
        var parts = (uint)LookupDirectory.Find<TValue>(lookup.Name, services).Options.MaxCalls;
        var places = Enumerable.Range(0, values.Count).ToLookup(place => PartOf(values[place], parts));
        var replies = await Task.WhenAll(places.Select(async part =>
            (Places: part, Reply: await AskAsync(GrainOf(lookup, part.Key), [.. part.Select(place => values[place])], cancellationToken))));

        var answers = new LookupAnswer[values.Count];
        foreach (var (part, reply) in replies)
        {
            foreach (var (place, answer) in part.Zip(reply.Answers))
            {
                answers[place] = answer;
            }
        }

        return new([.. answers], Array.Find(replies, static part => part.Reply.Failure is not null).Reply?.Failure);
    }

    // A question is repeated where it met a silo that is gone: another has the grain soon, and asks again.
    private async Task<LookupReply> AskAsync<TValue>(ILookupGrain<TValue> grain, ImmutableArray<TValue> values, CancellationToken cancellationToken)
        where TValue : notnull
    {
        var answered = time.GetTimestamp();
        while (true)
        {
            try
            {
                if (await grain.FindAsync(values, cancellationToken) is { } reply)
                {
                    return reply;
                }

                answered = time.GetTimestamp();
            }
            catch (Exception exception) when (
                exception is SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException or TimeoutException
                && time.GetElapsedTime(answered) < UntilADeadSiloIsKnown)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private ILookupGrain<TValue> GrainOf<TValue>(Lookup<TValue> lookup, uint part)
        where TValue : notnull =>
        grains.GetGrain<ILookupGrain<TValue>>(string.Create(CultureInfo.InvariantCulture, $"{run:N}/{lookup.Name}/{part}"));

    // The same on all silos. Equal values that are written differently, such as 1.0 and 1.00, are asked for twice at worst.
    private static uint PartOf<TValue>(TValue value, uint parts) => StableHash.ComputeHash(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "") % parts;
}
