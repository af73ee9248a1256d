using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using PixelPipeline.Events;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Tables;

namespace PixelPipeline.Functions;

/// <summary>The settings once everything about them is checked, with what they name read in.</summary>
/// <param name="Options">The settings themselves.</param>
/// <param name="Schema">The schema file's content.</param>
/// <param name="Layout">The table layout.</param>
/// <param name="EmulatorHost">Another BigQuery endpoint; null for Google's.</param>
internal sealed record Settings(PixelOptions Options, EventSchema Schema, TableLayout Layout, string? EmulatorHost)
{
    /// <summary>Reads and checks all settings.</summary>
    /// <param name="configuration">Environment variables over <c>appsettings.json</c>.</param>
    /// <param name="settings">The settings; null where there are errors.</param>
    /// <param name="errors">A line for each error, which names the setting.</param>
    public static bool TryRead(IConfiguration configuration, [NotNullWhen(true)] out Settings? settings, out List<string> errors)
    {
        settings = null;
        errors = [];
        if (!TryBind(configuration, out var options, errors))
        {
            return false;
        }

        try
        {
            var schema = ReadSchema(options.SchemaFile);
            settings = new Settings(options, schema, ToLayout(options, schema), configuration[BigQueryEndpoint.EmulatorVariable]);
        }
        catch (SchemaException e)
        {
            errors.Add(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add($"Setting {NameOf(nameof(options.SchemaFile))}: {options.SchemaFile} cannot be read: {e.Message}");
        }

        return settings is not null;
    }

    private static bool TryBind(IConfiguration configuration, out PixelOptions options, List<string> errors)
    {
        options = new PixelOptions();
        var section = configuration.GetSection(PixelOptions.Section);
        foreach (var property in typeof(PixelOptions).GetProperties())
        {
            try
            {
                if (section[property.Name] is not null)
                {
                    property.SetValue(options, section.GetValue(property.PropertyType, property.Name));
                }
            }
            catch (InvalidOperationException)
            {
                errors.Add($"Setting {NameOf(property.Name)} must be {Describe(property.PropertyType)}.");
            }
        }

        if (MetricsExport.ErrorIn(configuration) is { } exportError)
        {
            errors.Add(exportError);
        }

        options.Project = string.IsNullOrEmpty(options.Project) ? configuration["GOOGLE_CLOUD_PROJECT"] : options.Project;
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        errors.AddRange(results.Select(r => $"Setting {NameOf(r.MemberNames.First())} {r.ErrorMessage}."));
        errors.AddRange(section.GetChildren().Select(c => c.Key)
            .Where(key => !typeof(PixelOptions).GetProperties().Any(p => p.Name.Equals(key, StringComparison.OrdinalIgnoreCase)))
            .Select(key => $"Setting {NameOf(key)} is not known."));
        return errors.Count == 0;
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

    private static string NameOf(string property) => $"{PixelOptions.Section}__{property}";

    private static string Describe(Type type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}",
        _ when type == typeof(bool) => "true or false",
        _ => "a whole number",
    };
}
