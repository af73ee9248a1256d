using Microsoft.Extensions.Configuration;
using PixelPipeline.Countries;
using PixelPipeline.Events;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Settings;
using PixelPipeline.Tables;

namespace PixelPipeline.Functions.Pixels;

/// <summary>The settings once everything about them is checked, with what they name read in.</summary>
/// <param name="Values">The settings themselves.</param>
/// <param name="Schema">The schema file's content.</param>
/// <param name="Layout">The table layout.</param>
/// <param name="EmulatorHost">Another BigQuery endpoint; null for Google's.</param>
internal sealed record PixelSettings(PipelineSettings Values, EventSchema Schema, TableLayout Layout, string? EmulatorHost)
{
    /// <summary>Reads and checks all settings: environment variables <c>Pixel__NAME</c>, or the section <c>Pixel</c> of <c>appsettings.json</c>.</summary>
    /// <param name="configuration">Environment variables over <c>appsettings.json</c>.</param>
    /// <exception cref="SettingsException">A line for each error, which names the setting or the file.</exception>
    public static PixelSettings Read(IConfiguration configuration)
    {
        var values = ReadValues(configuration);
        var file = values.Get(PipelineSetting.SchemaFile);
        try
        {
            var sources = values.ToSources(AppContext.BaseDirectory, countries => CountryFile.Open(countries).CountryOf);
            var schema = EventSchema.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file)), file, sources);
            return new PixelSettings(values, schema, values.ToLayout(schema), configuration[BigQueryEndpoint.EmulatorVariable]);
        }
        catch (SchemaException e)
        {
            throw new SettingsException([e.Message]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"Setting {PipelineSetting.SchemaFile.Variable}: {file} cannot be read: {e.Message}"]);
        }
    }

    private static PipelineSettings ReadValues(IConfiguration configuration)
    {
        var given = configuration.GetSection(PipelineSettings.Section).GetChildren().ToDictionary(c => c.Key, c => c.Value, StringComparer.OrdinalIgnoreCase);
        if (string.IsNullOrEmpty(given.GetValueOrDefault(PipelineSetting.Project.Name)))
        {
            given[PipelineSetting.Project.Name] = configuration["GOOGLE_CLOUD_PROJECT"];
        }

        return PipelineSettings.Read(given, MetricsExport.ErrorIn(configuration));
    }
}
