using System.ComponentModel.DataAnnotations;
using Armature.Validation.Files;
using Armature.Validation.Tables;

namespace Armature.Validation;

public sealed partial class ValidationClient
{
    /// <summary>
    /// Checks a file of records against a Table Schema, on every core of every silo. The report is the same however many there are.
    /// Memory hardly grows with the file (docs/validation.md).
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
        return await _files.RunAsync(source, schema, Checked(options), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="ValidateFileAsync(FileSource, TableSchema, FileValidationOptions?, CancellationToken)"/>
    /// <param name="path">The file's path on this machine.</param>
    /// <param name="schema">What its rows must be.</param>
    /// <param name="options">How it is read, and what is wanted of it; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the check; outputs are then unfinished.</param>
    public Task<FileReport> ValidateFileAsync(
        string path, TableSchema schema, FileValidationOptions? options = null, CancellationToken cancellationToken = default) =>
        ValidateFileAsync(FileSource.FromPath(path), schema, options, cancellationToken);

    /// <summary>
    /// Checks a file of records by rules that are registered on the silos, on every core of every silo. The columns of the file become
    /// the parameters of the constructor and the properties of <typeparamref name="T"/> that are called as they are, whatever the case and
    /// whatever spaces, hyphens and underscores there are between; columns that nothing is called by are not read. Without a header the
    /// columns are the parameters, then the properties. A cell that cannot be read fails with <see cref="ValidationCodes.Unreadable"/>, and
    /// its row is not checked further. The file is read once, also with outputs, and each row is checked once, or again where it was lost with
    /// its silo.
    /// </summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The file.</param>
    /// <param name="rules">The name under which the rules are registered with <c>AddRuleSet</c>.</param>
    /// <param name="options">How the file is read, and what is wanted of it; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the check; outputs are then unfinished.</param>
    /// <exception cref="RuleSetException">No silo has such rules, or they are for other records.</exception>
    /// <exception cref="ArgumentException">Records cannot be made of the cells of a row, the name is not allowed, or there are <see cref="FileValidationOptions.References"/>.</exception>
    /// <inheritdoc cref="ValidateFileAsync(FileSource, TableSchema, FileValidationOptions?, CancellationToken)" path="/exception"/>
    public async Task<FileReport> ValidateFileAsync<T>(
        FileSource source, string rules, FileValidationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options = Checked(options);
        if (options.References.Count > 0)
        {
            throw new ArgumentException("References are for the foreign keys of a Table Schema. Rules in code look for values elsewhere with MustExistIn.", nameof(options));
        }

        return await _files.RunAsync<T>(source, rules, options, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="ValidateFileAsync{T}(FileSource, string, FileValidationOptions?, CancellationToken)"/>
    /// <param name="path">The file's path on this machine.</param>
    /// <param name="rules">The name under which the rules are registered with <c>AddRuleSet</c>.</param>
    /// <param name="options">How the file is read, and what is wanted of it; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the check; outputs are then unfinished.</param>
    public Task<FileReport> ValidateFileAsync<T>(
        string path, string rules, FileValidationOptions? options = null, CancellationToken cancellationToken = default) =>
        ValidateFileAsync<T>(FileSource.FromPath(path), rules, options, cancellationToken);

    /// <summary>A file of the cluster's blob store.</summary>
    /// <param name="name">The blob's name.</param>
    public FileSource Blob(string name) => _files.Blob(name);

    private static FileValidationOptions Checked(FileValidationOptions? options)
    {
        options ??= new();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }
}
