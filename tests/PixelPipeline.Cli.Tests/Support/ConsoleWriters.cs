using System.Text;

namespace PixelPipeline.Cli.Tests.Support;

/// <summary>Standard output and standard error, which all tests of this process share: each gets what it made be printed.</summary>
internal static class ConsoleWriters
{
    private static readonly AsyncLocal<(TextWriter Output, TextWriter Errors)?> Taken = new();

    /// <summary>Has all that is printed from now on go through here; once for the process, before the first test.</summary>
    public static void Install()
    {
        Console.SetOut(new Divided(Console.Out, taken => taken.Output));
        Console.SetError(new Divided(Console.Error, taken => taken.Errors));
    }

    /// <summary>What an action prints, and whatever it starts, goes to these writers.</summary>
    public static async Task<T> TakeAsync<T>(TextWriter output, TextWriter errors, Func<Task<T>> action)
    {
        Taken.Value = (output, errors); // ends with this method: the caller's flow keeps its own
        return await action();
    }

    /// <summary>Hands on to the writer of the test that prints, or to that of the process. The console lets one write at a time.</summary>
    private sealed class Divided(TextWriter otherwise, Func<(TextWriter Output, TextWriter Errors), TextWriter> choose) : TextWriter
    {
        public override Encoding Encoding => Current.Encoding;

        private TextWriter Current => Taken.Value is { } taken ? choose(taken) : otherwise;

        public override void Write(char value) => Current.Write(value);

        public override void Write(char[] buffer, int index, int count) => Current.Write(buffer, index, count);

        public override void Write(ReadOnlySpan<char> buffer) => Current.Write(buffer);

        public override void Write(string? value) => Current.Write(value);

        public override void Flush() => Current.Flush();
    }
}
