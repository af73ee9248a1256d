using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PixelPipeline.GoogleCloud.PubSub;
using PixelPipeline.Settings;

namespace PixelPipeline.Functions.Collecting;

/// <summary>Puts the collector together; it knows a topic, and neither tables nor BigQuery.</summary>
internal static class CollectServices
{
    /// <summary>Adds the collector.</summary>
    /// <exception cref="SettingsException">A line for each error of its settings.</exception>
    public static void AddCollector(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = CollectSettings.Read(configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(settings.Options);
        services.AddSingleton(settings.Keys);
        services.AddSingleton(settings.Origins);
        services.AddSingleton(settings.Contract);
        services.AddSingleton(new EventQuota(settings.Options.EventsPerSecond));
        services.AddSingleton(new HttpClient());
        services.AddSingleton(CloudClient.Create(() => PubSubEndpoint.Of(configuration[PubSubEndpoint.EmulatorVariable])));
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<TopicPublisher>(p, settings.Options.Topic!));
        services.AddSingleton<Collector>();
        services.AddHostedService<OpenCollectorWarning>();
    }
}
