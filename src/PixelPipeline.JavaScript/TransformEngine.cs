using System.Collections.Concurrent;
using System.Text;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace PixelPipeline.JavaScript;

/// <summary>Runs a transform on this machine as Pub/Sub does: a function of one message. May be used from several threads at once.</summary>
public sealed class TransformEngine
{
    // Pub/Sub lets a script run for 500 ms; an interpreter on a busy machine takes longer than its engine for the same.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<Engine> _idle = []; // an engine runs one script at a time
    private readonly Prepared<Acornima.Ast.Script> _script;

    /// <summary>Reads the script once.</summary>
    public TransformEngine(PixelTransform transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        _script = Engine.PrepareScript(transform.Code, strict: true);
    }

    /// <summary>What the transform makes of a message.</summary>
    /// <param name="data">The message's data, a log entry; what is no UTF-8 is read as U+FFFD.</param>
    public TransformResult Run(ReadOnlySpan<byte> data)
    {
        var engine = _idle.TryTake(out var idle) ? idle : new Engine(o => o.TimeoutInterval(Limit)).Execute(_script);
        var message = new JsObject(engine);
        message.Set("data", Encoding.UTF8.GetString(data));
        message.Set("attributes", new JsObject(engine));
        try
        {
            var result = engine.Invoke(PixelTransform.FunctionName, message);
            _idle.Add(engine);
            return result.IsNull() ? new TransformResult.Dropped() : new TransformResult.Row(result.AsObject().Get("data").AsString());
        }
        catch (JavaScriptException e)
        {
            _idle.Add(engine);
            return new TransformResult.Thrown(e.Message);
        }
        catch (TimeoutException)
        {
            return new TransformResult.Thrown($"took longer than {Limit.TotalSeconds:N0} s"); // the engine is where it was broken off: it goes
        }
    }
}
