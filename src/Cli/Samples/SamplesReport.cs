namespace Armature.Samples;

/// <summary>What <c>armature samples</c> tells at its end.</summary>
/// <param name="Drawn">Pictures that were missing and are drawn.</param>
/// <param name="Kept">Pictures that were there.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Cancelled">True when it was interrupted: the pictures that are neither drawn nor kept are missing.</param>
/// <param name="Out">The folder of the pictures.</param>
internal sealed record SamplesReport(int Drawn, int Kept, double Seconds, bool Cancelled, string Out);
