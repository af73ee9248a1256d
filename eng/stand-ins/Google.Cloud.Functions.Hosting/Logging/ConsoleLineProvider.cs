using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>Loggers that write one line an event to stdout.</summary>
internal sealed class ConsoleLineProvider(Func<LogLine, string> format, TextWriter output) : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentDictionary<string, ConsoleLineLogger> _loggers = new(StringComparer.Ordinal);
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <summary>JSON where Cloud Run (which sets K_SERVICE) reads the output, else text for a person.</summary>
    internal static ConsoleLineProvider ForEnvironment() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("K_SERVICE"))
            ? new ConsoleLineProvider(TextLine.Format, Console.Out)
            : new ConsoleLineProvider(JsonLine.Format, Console.Out);

    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, category => new ConsoleLineLogger(category, this));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    internal IExternalScopeProvider Scopes => _scopes;

    internal void Write(LogLine line) => output.WriteLine(format(line));
}
