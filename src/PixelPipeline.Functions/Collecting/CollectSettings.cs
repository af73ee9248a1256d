using Microsoft.Extensions.Configuration;
using PixelPipeline.Collecting;
using PixelPipeline.Events;
using PixelPipeline.Settings;

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
    /// <exception cref="SettingsException">A line for each error.</exception>
    public static CollectSettings Read(IConfiguration configuration)
    {
        var options = OptionsSection.Read<CollectOptions>(configuration, CollectOptions.Section);
        try
        {
            return new CollectSettings(options, CollectorKeys.Parse(options.Keys), AllowedOrigins.Parse(options.Origins), ReadContract(configuration, options));
        }
        catch (Exception e) when (e is FormatException or SchemaException)
        {
            throw new SettingsException([e.Message]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"The schema or the transformations cannot be read: {e.Message}"]);
        }
    }

    private static EventContract ReadContract(IConfiguration configuration, CollectOptions options)
    {
        var schemaFile = configuration[$"{PipelineSettings.Section}:{PipelineSetting.SchemaFile.Name}"] is { Length: > 0 } file ? file : PipelineSetting.SchemaFile.Default!;
        var schemaPath = Path.Combine(AppContext.BaseDirectory, schemaFile);
        var schema = EventSchema.Parse(File.ReadAllBytes(schemaPath), schemaFile);
        return new EventContract(schema, ReadTransformations(options, schemaPath, schema), options.UnknownFields == UnknownFields.Refuse);
    }

    private static TransformationFile ReadTransformations(CollectOptions options, string schemaPath, EventSchema schema)
    {
        var beside = Path.Combine(Path.GetDirectoryName(schemaPath)!, DefaultTransformations);
        if (options.TransformationsFile is { Length: > 0 } file)
        {
            return TransformationFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file)), file, schema);
        }

        return File.Exists(beside) ? TransformationFile.Parse(File.ReadAllBytes(beside), DefaultTransformations, schema) : TransformationFile.None;
    }
}
