namespace StreamSense.Tool.Inputs;

/// <summary>An input that cannot be measured; the message says which and why in one line.</summary>
internal sealed class InputException(string message, Exception? innerException = null) : Exception(message, innerException);
