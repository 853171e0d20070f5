using Armature.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("Orleans", LogLevel.Warning);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // RunArmatureAsync says it in plain words.
builder.AddArmature();
foreach (var (category, level) in OrleansNoise.Filters)
{
    builder.Logging.AddFilter(category, level);
}

var app = builder.Build();
app.MapArmature();
return await app.RunArmatureAsync();
