using Microsoft.Extensions.Configuration;
using PixelPipeline.Events;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Tables;

namespace PixelPipeline.Functions.Pixels;

/// <summary>The settings once everything about them is checked, with what they name read in.</summary>
/// <param name="Options">The settings themselves.</param>
/// <param name="Schema">The schema file's content.</param>
/// <param name="Layout">The table layout.</param>
/// <param name="EmulatorHost">Another BigQuery endpoint; null for Google's.</param>
internal sealed record PixelSettings(PixelOptions Options, EventSchema Schema, TableLayout Layout, string? EmulatorHost)
{
    /// <summary>Reads and checks all settings.</summary>
    /// <param name="configuration">Environment variables over <c>appsettings.json</c>.</param>
    /// <exception cref="SettingsException">A line for each error, which names the setting or the file.</exception>
    public static PixelSettings Read(IConfiguration configuration)
    {
        var options = OptionsSection.Read<PixelOptions>(
            configuration,
            PixelOptions.Section,
            o => o.Project = string.IsNullOrEmpty(o.Project) ? configuration["GOOGLE_CLOUD_PROJECT"] : o.Project,
            MetricsExport.ErrorIn(configuration));
        try
        {
            var schema = ReadSchema(options.SchemaFile);
            return new PixelSettings(options, schema, ToLayout(options, schema), configuration[BigQueryEndpoint.EmulatorVariable]);
        }
        catch (SchemaException e)
        {
            throw new SettingsException([e.Message]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var setting = OptionsSection.NameOf(PixelOptions.Section, nameof(options.SchemaFile));
            throw new SettingsException([$"Setting {setting}: {options.SchemaFile} cannot be read: {e.Message}"]);
        }
    }

    private static EventSchema ReadSchema(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, file);
        return EventSchema.Parse(File.ReadAllBytes(path), file);
    }

    private static TableLayout ToLayout(PixelOptions options, EventSchema schema) => options.Layout switch
    {
        LayoutName.Partitioned => new TableLayout.Partitioned(options.Table),
        _ => new TableLayout.Template(options.Table, SuffixPattern.Parse(options.TableSuffix, schema)),
    };
}
