using Armature.Validation.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Hosting;

/// <summary>Adds the validation of files to a silo.</summary>
public static class FileValidationSiloBuilderExtensions
{
    /// <summary>Adds the batch handlers that check parts of files. The batch engine must be registered too.</summary>
    public static ISiloBuilder AddFileValidation(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<LocalChunks>();
        builder.Services.AddCpuBatchHandler<FileChunkHandler>(FileChunkJob.HandlerName);
        builder.Services.AddCpuBatchHandler<FileKeyHandler>(FileKeyJob.HandlerName);
        return builder;
    }
}
