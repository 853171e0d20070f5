namespace Armature.Validation;

/// <summary>What <c>armature validate --infer --out</c> tells.</summary>
/// <param name="File">The file.</param>
/// <param name="Out">Where the schema is.</param>
/// <param name="Fields">Fields of the schema.</param>
/// <param name="Rows">Rows of the sample.</param>
/// <param name="Passed">Rows that could not be read.</param>
internal sealed record InferReport(string File, string Out, int Fields, int Rows, int Passed);
