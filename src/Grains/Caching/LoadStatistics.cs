namespace Armature.Caching;

/// <summary>The loads of one silo.</summary>
/// <param name="Running">Keys that are loaded now.</param>
/// <param name="Waiting">Keys that calls wait for now, each counted for each call.</param>
/// <param name="Begun">Loads that began, so far.</param>
/// <param name="TakenOver">Loads that went on to another caller, so far.</param>
/// <param name="Failed">Loads that failed, so far.</param>
/// <param name="Stale">Values that had expired and were given, so far.</param>
internal readonly record struct LoadStatistics(int Running, int Waiting, long Begun, long TakenOver, long Failed, long Stale);
