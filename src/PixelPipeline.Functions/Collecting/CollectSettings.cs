using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using PixelPipeline.Collecting;
using PixelPipeline.Events;

namespace PixelPipeline.Functions.Collecting;

/// <summary>The collector's settings once everything about them is checked, with what they name read in.</summary>
/// <param name="Options">The settings themselves.</param>
/// <param name="Keys">Who may post.</param>
/// <param name="Origins">From which pages.</param>
/// <param name="Contract">What is acceptable.</param>
internal sealed record CollectSettings(CollectOptions Options, CollectorKeys Keys, AllowedOrigins Origins, EventContract Contract)
{
    private const string DefaultTransformations = "transformations.json";

    /// <summary>Reads and checks all settings.</summary>
    /// <param name="configuration">Environment variables over <c>appsettings.json</c>.</param>
    /// <param name="settings">The settings; null where there are errors.</param>
    /// <param name="errors">A line for each error, which names the setting.</param>
    public static bool TryRead(IConfiguration configuration, [NotNullWhen(true)] out CollectSettings? settings, out List<string> errors)
    {
        settings = null;
        errors = [];
        if (!TryBind(configuration.GetSection(CollectOptions.Section), out var options, errors))
        {
            return false;
        }

        try
        {
            settings = new CollectSettings(options, CollectorKeys.Parse(options.Keys), AllowedOrigins.Parse(options.Origins), ReadContract(configuration, options));
        }
        catch (Exception e) when (e is FormatException or SchemaException)
        {
            errors.Add(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add($"The schema or the transformations cannot be read: {e.Message}");
        }

        return settings is not null;
    }

    private static bool TryBind(IConfigurationSection section, out CollectOptions options, List<string> errors)
    {
        options = new CollectOptions();
        var known = typeof(CollectOptions).GetProperties();
        foreach (var property in known.Where(p => section[p.Name] is { Length: > 0 }))
        {
            try
            {
                property.SetValue(options, section.GetValue(property.PropertyType, property.Name));
            }
            catch (InvalidOperationException)
            {
                errors.Add($"Setting {NameOf(property.Name)} has a value that it cannot have.");
            }
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        errors.AddRange(results.Select(r => $"Setting {NameOf(r.MemberNames.First())} {r.ErrorMessage}."));
        errors.AddRange(section.GetChildren().Select(c => c.Key)
            .Where(key => !known.Any(p => p.Name.Equals(key, StringComparison.OrdinalIgnoreCase)))
            .Select(key => $"Setting {NameOf(key)} is not known."));
        return errors.Count == 0;
    }

    private static EventContract ReadContract(IConfiguration configuration, CollectOptions options)
    {
        var schemaFile = configuration[$"{PixelOptions.Section}:{nameof(PixelOptions.SchemaFile)}"] is { Length: > 0 } file ? file : new PixelOptions().SchemaFile;
        var schemaPath = Path.Combine(AppContext.BaseDirectory, schemaFile);
        var schema = EventSchema.Parse(File.ReadAllBytes(schemaPath), schemaFile);
        return new EventContract(schema, ReadTransformations(options, schemaPath, schema), options.UnknownFields == UnknownFields.Refuse);
    }

    private static TransformationFile ReadTransformations(CollectOptions options, string schemaPath, EventSchema schema)
    {
        var beside = Path.Combine(Path.GetDirectoryName(schemaPath)!, DefaultTransformations);
        if (options.TransformationsFile is { } file)
        {
            return TransformationFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file)), file, schema);
        }

        return File.Exists(beside) ? TransformationFile.Parse(File.ReadAllBytes(beside), DefaultTransformations, schema) : TransformationFile.None;
    }

    private static string NameOf(string property) => $"{CollectOptions.Section}__{property}";
}
