using PixelPipeline.Events;
using PixelPipeline.Events.Sources;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Pipelines;

/// <summary>Where a command's schema comes from.</summary>
internal static class SchemaSource
{
    /// <summary>What the settings' file names are relative to.</summary>
    /// <exception cref="CommandException">The function is not built.</exception>
    public static string FunctionFolder => Path.GetDirectoryName(FunctionAssembly.Find())!;

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
        try
        {
            return EventSchema.Parse(File.ReadAllBytes(file), file, sources);
        }
        catch (SchemaException e)
        {
            throw new CommandException($"--schema {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--schema {file} cannot be read: {e.Message}", e);
        }
    }
}
