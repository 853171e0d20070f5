using System.ComponentModel.DataAnnotations;
using Armature.Validation.Files;
using Armature.Validation.Tables;

namespace Armature.Validation;

public sealed partial class ValidationClient
{
    /// <summary>
    /// Checks a file of records against a Table Schema, on every core of every silo. The report is the same however many there are.
    /// Memory does not grow with the file.
    /// </summary>
    /// <param name="source">The file.</param>
    /// <param name="schema">What its rows must be.</param>
    /// <param name="options">How it is read, and what is wanted of it; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the check; outputs are then unfinished.</param>
    /// <exception cref="ValidationException">An option is not in its range.</exception>
    /// <exception cref="FileValidationException">The file could not be checked; what is wrong with the file itself is in the report.</exception>
    /// <exception cref="IOException">The file or an output cannot be read or written.</exception>
    /// <exception cref="CallUnansweredException">The cluster did not answer.</exception>
    public async Task<FileReport> ValidateFileAsync(
        FileSource source, TableSchema schema, FileValidationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(schema);
        options ??= new();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return await _files.RunAsync(source, schema, options, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="ValidateFileAsync(FileSource, TableSchema, FileValidationOptions?, CancellationToken)"/>
    /// <param name="path">The file's path on this machine.</param>
    /// <param name="schema">What its rows must be.</param>
    /// <param name="options">How it is read, and what is wanted of it; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the check; outputs are then unfinished.</param>
    public Task<FileReport> ValidateFileAsync(
        string path, TableSchema schema, FileValidationOptions? options = null, CancellationToken cancellationToken = default) =>
        ValidateFileAsync(FileSource.FromPath(path), schema, options, cancellationToken);

    /// <summary>A file of the cluster's blob store.</summary>
    /// <param name="name">The blob's name.</param>
    public FileSource Blob(string name) => _files.Blob(name);
}
