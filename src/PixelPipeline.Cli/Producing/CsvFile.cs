using System.Text;

namespace PixelPipeline.Cli.Producing;

/// <summary>A CSV file to read, or standard input.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Reader">Its text, UTF-8 that is checked.</param>
internal sealed record CsvFile(string Name, TextReader Reader) : IDisposable
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    private static readonly UTF8Encoding Checked = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Opens a file by its path, or standard input for <c>-</c>.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static CsvFile Open(string path)
    {
        try
        {
            var stream = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
            return new(path == StandardInput ? "Standard input" : path, new StreamReader(stream, Checked));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {e.Message}", e);
        }
    }

    public void Dispose() => Reader.Dispose();
}
