using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PixelPipeline.Functions.Collecting;
using PixelPipeline.GoogleCloud.BigQuery;

[assembly: FunctionsStartup(typeof(PixelPipeline.Functions.Startup))]

namespace PixelPipeline.Functions;

/// <summary>Reads and checks the settings, and puts the pipeline together.</summary>
public sealed class Startup : FunctionsStartup
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    /// <inheritdoc/>
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
        if (IsCollector(context.Configuration))
        {
            services.AddCollector(context.Configuration);
            return;
        }

        if (!Settings.TryRead(context.Configuration, out var settings, out var errors))
        {
            StartupErrors.End(errors);
        }

        var client = BigQueryEndpoint.CreateClient(settings.Options.Project!, settings.EmulatorHost);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddPipeline(settings.Options, settings.Schema, settings.Layout, client);
    }

    /// <inheritdoc/>
    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) =>
        app.UseDeliveryAnswers(app.ApplicationServices.GetRequiredService<ILogger<Startup>>());

    // The framework keeps the target here, wherever it came from; without one it serves none of several functions.
    private static bool IsCollector(IConfiguration configuration) =>
        configuration["FunctionsFramework:FunctionTarget"] == typeof(CollectFunction).FullName;
}
