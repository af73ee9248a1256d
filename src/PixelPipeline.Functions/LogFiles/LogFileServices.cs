using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PixelPipeline.GoogleCloud.Storage;

namespace PixelPipeline.Functions.LogFiles;

/// <summary>What the log file function needs: its settings and Cloud Storage, nothing of BigQuery.</summary>
internal static class LogFileServices
{
    /// <summary>Reads and checks the settings; where one is wrong, ends the start with a line for each.</summary>
    public static void AddLogFiles(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(LogFileOptions.Section).Get<LogFileOptions>() ?? new LogFileOptions();
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
        {
            StartupErrors.End([.. results.Select(r => $"Setting {LogFileOptions.Section}__{r.MemberNames.First()} {r.ErrorMessage}.")]);
        }

        services.AddSingleton(options);
        services.AddSingleton(CloudStorage.Create(configuration[CloudStorage.EmulatorVariable]));
    }
}
