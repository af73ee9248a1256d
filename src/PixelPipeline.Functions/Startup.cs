using CloudNative.CloudEvents;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PixelPipeline.Functions.Collecting;
using PixelPipeline.Functions.LogFiles;
using PixelPipeline.Functions.Pixels;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Settings;

[assembly: FunctionsStartup(typeof(PixelPipeline.Functions.Startup))]

namespace PixelPipeline.Functions;

/// <summary>Reads and checks the settings, and puts the pipeline together.</summary>
public sealed class Startup : FunctionsStartup
{
    /// <summary>
    /// What is under way at SIGTERM has this long to end; then its connections are broken off, and its messages come
    /// again. Cloud Run kills after 10 s (<see href="https://cloud.google.com/run/docs/container-contract"/>).
    /// </summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Reads <c>appsettings.json</c> from the function's own folder: the framework looks in the working directory, which
    /// is another one under <c>dotnet run</c>. Everything else that is configured goes before it.
    /// </summary>
    /// <param name="context">Not used.</param>
    /// <param name="configuration">Where to.</param>
    public override void ConfigureAppConfiguration(WebHostBuilderContext context, IConfigurationBuilder configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var file = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, "appsettings.json"), Optional = true };
        file.ResolveFileProvider();
        configuration.Sources.Insert(0, file);
    }

    /// <inheritdoc/>
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
        try
        {
            AddTarget(services, context.Configuration);
        }
        catch (SettingsException e)
        {
            StartupErrors.End(e.Lines);
        }
    }

    /// <inheritdoc/>
    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) =>
        app.UseDeliveryAnswers(app.ApplicationServices.GetRequiredService<ILogger<Startup>>());

    private static void AddTarget(IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        if (IsTarget<CollectFunction>(configuration))
        {
            services.AddCollector(configuration);
        }
        else if (IsTarget<LogFileFunction>(configuration))
        {
            services.AddLogFiles(configuration);
        }
        else
        {
            AddPixel(services, configuration);
        }
    }

    private static void AddPixel(IServiceCollection services, IConfiguration configuration)
    {
        var settings = PixelSettings.Read(configuration);
        var client = CloudClient.Create(() => BigQueryEndpoint.CreateClient(settings.Values.Get(PipelineSetting.Project), settings.EmulatorHost));
        services.AddPipeline(settings.Values, settings.Schema, settings.Layout, client);
        services.AddSingleton<CloudEventFormatter>(PushFormatter.Create());
        if (MetricsExport.IsWanted(configuration))
        {
            services.AddHostedService<MetricsExport>();
        }
    }

    // The framework keeps the target here, wherever it came from; without one it serves none of several functions.
    private static bool IsTarget<TFunction>(IConfiguration configuration) =>
        configuration["FunctionsFramework:FunctionTarget"] == typeof(TFunction).FullName;
}
