using PixelPipeline.Collecting;
using PixelPipeline.Events;
using PixelPipeline.Events.Sources;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Targets;

/// <summary>Where a command's schema comes from. Messages name the file that people edit, and the option that led to it.</summary>
internal static class SchemaSource
{
    private const string Shipped = "deploy/schema.json"; // what the build copies beside the function

    /// <summary>What the settings' file names are relative to.</summary>
    /// <exception cref="CommandException">The function is not built.</exception>
    public static string FunctionFolder => Path.GetDirectoryName(FunctionAssembly.Find())!;

    /// <summary>The schema that an option, else the environment, else the function itself names.</summary>
    /// <param name="option">What <c>--schema</c> says; null where it is not given.</param>
    /// <exception cref="CommandException">It cannot be read or has an error.</exception>
    public static EventSchema Of(string? option) => Read(PathOf(option, Setting));

    /// <summary>The schema file's full path.</summary>
    /// <param name="option">What <c>--schema</c> says, relative to the working folder; null where it is not given.</param>
    /// <param name="setting">What the environment says, relative to the function's folder; null for the file that the function ships.</param>
    /// <exception cref="CommandException">The function is not built.</exception>
    public static string PathOf(string? option, string? setting = null) => option is not null
        ? Path.GetFullPath(option)
        : Path.Combine(FunctionFolder, setting ?? PipelineSetting.SchemaFile.Default!);

    /// <summary>Reads a schema file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="sources">What can be filled from the log entry; null where no row is made.</param>
    /// <exception cref="CommandException">It cannot be read or has an error.</exception>
    public static EventSchema Read(string file, ColumnSources? sources = null)
    {
        var name = NameOf(file);
        return Read(file, name, json => EventSchema.Parse(json, name, sources));
    }

    /// <summary>Checks a file of transformations.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="schema">What its results must be attributes of.</param>
    /// <exception cref="CommandException">It cannot be read or has an error.</exception>
    public static void CheckTransformations(string path, string name, EventSchema schema) =>
        Read(path, name, json => TransformationFile.Parse(json, name, schema));

    private static string? Setting => PipelineSettings.OfEnvironment().GetValueOrDefault(PipelineSetting.SchemaFile.Name);

    private static string NameOf(string file)
    {
        if (FunctionAssembly.TryFind() is null || file != PathOf(option: null, Setting))
        {
            return $"--schema {file}";
        }

        return Setting is null ? Shipped : $"{PipelineSetting.SchemaFile.Variable} {file}";
    }

    private static T Read<T>(string file, string name, Func<byte[], T> parse)
    {
        try
        {
            return parse(File.ReadAllBytes(file));
        }
        catch (SchemaException e)
        {
            throw new CommandException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{name} cannot be read: {e.Message}", e);
        }
    }
}
