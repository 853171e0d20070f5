using Armature.Batching;
using Armature.TestSilo;

if (args is [LoadingClient.Argument, .. var load])
{
    return await LoadingClient.RunAsync(load);
}

var builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("Orleans", LogLevel.Warning);
builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
builder.AddArmature();
builder.Services.AddBatchHandler<WhereAmI>(WhereAmI.Name, options => options.Capacity = BatchCapacity.Fixed(4));
builder.Services.AddBatchHandler<WeighParcel>(WeighParcel.Name, options => options.Capacity = BatchCapacity.Fixed(4));
builder.Services.AddLookup(ParcelRules.Numbers).AddRuleSet(ParcelRules.Name, ParcelRules.All);
builder.Services.AddSingleton<WorkLog>();
builder.Services.AddBatchHandler<ChaosHandler>(ChaosHandler.Name, options => options.Capacity = BatchCapacity.Fixed(ChaosHandler.Slots));
#if NEXT
builder.Services.AddBatchHandler<LabelParcel>(LabelParcel.Name);
#endif

var app = builder.Build();
app.MapArmature();
app.MapTest();
if (app.Configuration["run"] == "plainly")
{
    await app.RunAsync();
    return 0;
}

return await app.RunArmatureAsync();
