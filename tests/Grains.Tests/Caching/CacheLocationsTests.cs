using System.Collections;
using System.Net;

namespace Armature.Caching;

public sealed class CacheLocationsTests
{
    private static readonly SiloAddress One = SiloAddress.New(IPAddress.Loopback, 11_111, 1);
    private static readonly SiloAddress Other = SiloAddress.New(IPAddress.Loopback, 11_111, 2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guess_NothingLearnedSince_IsTheSame()
    {
        var locations = new CacheLocations(new AloneSilos { Active = [One, Other], Locate = _ => Other });
        await locations.LocateAsync(0, Cancel);

        locations.Guess().ShouldBeSameAs(locations.Guess());
    }

    [Fact]
    public void Guess_ALocationIsLearnedWhileOneIsMade_TheNextKnowsIt()
    {
        var owner = CacheOwners.Find(0, [One, Other]);
        var elsewhere = owner.Equals(One) ? Other : One;
        var silos = new WatchedSilos([One, Other]);
        var locations = new CacheLocations(new AloneSilos { Active = silos, Locate = _ => elsewhere });

        // Late enough that partition 0 has been guessed.
        silos.OnEnumerated(100, () =>
        {
            var learning = locations.LocateAsync(0, Cancel);
            SpinWait.SpinUntil(() => learning.IsCompleted);
        });
        Of(locations.Guess()).ShouldBe(owner);

        Of(locations.Guess()).ShouldBe(elsewhere);
    }

    private static SiloAddress Of(PartitionGuesses guesses) => guesses.Silos[guesses[0]];

    private sealed class WatchedSilos(IReadOnlyList<SiloAddress> silos) : IReadOnlyList<SiloAddress>
    {
        private int _enumerated;
        private int _at = int.MaxValue;
        private Action _act = () => { };

        public int Count => silos.Count;

        public SiloAddress this[int index] => silos[index];

        public void OnEnumerated(int times, Action act) => (_at, _act) = (times, act);

        public IEnumerator<SiloAddress> GetEnumerator()
        {
            if (++_enumerated == _at)
            {
                _act();
            }

            return silos.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
