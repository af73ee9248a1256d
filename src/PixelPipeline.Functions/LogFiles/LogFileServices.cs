using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PixelPipeline.GoogleCloud.Storage;
using PixelPipeline.Settings;

namespace PixelPipeline.Functions.LogFiles;

/// <summary>What the log file function needs: its settings and Cloud Storage, nothing of BigQuery.</summary>
internal static class LogFileServices
{
    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingsException">A line for each error.</exception>
    public static void AddLogFiles(this IServiceCollection services, IConfiguration configuration)
    {
        var options = OptionsSection.Read<LogFileOptions>(configuration, LogFileOptions.Section);
        services.AddSingleton(options);
        services.AddSingleton(CloudClient.Create(() => CloudStorage.Create(configuration[CloudStorage.EmulatorVariable])));
    }
}
